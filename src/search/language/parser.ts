import { EmbeddedActionsParser, EOF, type IToken, type TokenType } from 'chevrotain';
import {
  durationLiteral,
  momentLiteral,
  numberLiteral,
  spanOf,
  textLiteral,
  wordLiteral,
} from './literal.js';
import { aggregates, quantifiers, valueOperators, type Operator } from './operators.js';
import type {
  ExpressionSyntax,
  NameSyntax,
  OrderSyntax,
  PathSyntax,
  SearchSyntax,
  ValueSyntax,
} from './syntax.js';
import * as t from './tokens.js';

const nothing: ExpressionSyntax = { type: 'and', parts: [] };

const negated = (negate: boolean, part: ExpressionSyntax): ExpressionSyntax =>
  negate ? { type: 'not', part } : part;

/**
 * The grammar of the search language. It knows nothing of the model: names become paths with
 * their place in the text, and are looked up afterwards.
 */
class SearchParser extends EmbeddedActionsParser {
  constructor() {
    super(t.tokens, { recoveryEnabled: false, maxLookahead: 3 });
    this.performSelfAnalysis();
  }

  readonly search = this.RULE('search', (): SearchSyntax => {
    let columns: PathSyntax[] = [];
    let kind: NameSyntax | undefined;
    let filter: ExpressionSyntax | undefined;
    let orderBy: OrderSyntax[] = [];
    let limit: ValueSyntax | undefined;
    this.OPTION1(() => {
      columns = this.SUBRULE(this.columns);
    });
    this.OPTION2({
      GATE: () => this.#kindComes(),
      DEF: () => {
        kind = this.SUBRULE(this.name);
      },
    });
    this.OPTION3(() => {
      this.OPTION4(() => this.CONSUME(t.where));
      filter = this.SUBRULE(this.expression);
    });
    this.OPTION5(() => {
      orderBy = this.SUBRULE(this.orders);
    });
    this.OPTION6(() => {
      this.CONSUME(t.limit);
      const token = this.CONSUME(t.number);
      limit = this.ACTION(() => numberLiteral(token));
    });
    return { columns, kind, filter, orderBy, limit };
  });

  /** A first name is the kind where a clause or the end follows, and else begins a condition. */
  #kindComes(): boolean {
    const next = this.LA(2).tokenType;
    return [t.where, t.orderBy, t.limit, EOF].includes(next);
  }

  readonly columns = this.RULE('columns', (): PathSyntax[] => {
    const columns: PathSyntax[] = [];
    this.CONSUME(t.select);
    this.OR([
      { ALT: () => this.CONSUME(t.star) },
      {
        ALT: () => {
          this.AT_LEAST_ONE_SEP({
            SEP: t.comma,
            DEF: () => {
              columns.push(this.SUBRULE(this.path));
            },
          });
        },
      },
    ]);
    this.OPTION(() => this.CONSUME(t.from));
    return columns;
  });

  readonly orders = this.RULE('orders', (): OrderSyntax[] => {
    const orders: OrderSyntax[] = [];
    this.CONSUME(t.orderBy);
    this.AT_LEAST_ONE_SEP({
      SEP: t.comma,
      DEF: () => {
        const path = this.SUBRULE(this.path);
        let direction: OrderSyntax['direction'] = 'ascending';
        this.OPTION(() => {
          direction = this.OR([
            {
              ALT: () => {
                this.CONSUME(t.ascending);
                return 'ascending' as const;
              },
            },
            {
              ALT: () => {
                this.CONSUME(t.descending);
                return 'descending' as const;
              },
            },
          ]);
        });
        orders.push({ path, direction });
      },
    });
    return orders;
  });

  readonly expression: (index?: number) => ExpressionSyntax = this.RULE(
    'expression',
    (): ExpressionSyntax => {
      const parts: ExpressionSyntax[] = [];
      this.AT_LEAST_ONE_SEP({
        SEP: t.or,
        DEF: () => {
          parts.push(this.SUBRULE(this.conjunction));
        },
      });
      return parts.length === 1 ? (parts[0] ?? nothing) : { type: 'or', parts };
    },
  );

  readonly conjunction = this.RULE('conjunction', (): ExpressionSyntax => {
    const parts: ExpressionSyntax[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.and,
      DEF: () => {
        parts.push(this.SUBRULE(this.condition));
      },
    });
    return parts.length === 1 ? (parts[0] ?? nothing) : { type: 'and', parts };
  });

  readonly condition: (index?: number) => ExpressionSyntax = this.RULE(
    'condition',
    (): ExpressionSyntax =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.not);
            return negated(true, this.SUBRULE1(this.condition));
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.open);
            const inner = this.SUBRULE2(this.expression);
            this.CONSUME(t.close);
            return inner;
          },
        },
        { ALT: () => this.SUBRULE3(this.quantified) },
        { ALT: () => this.SUBRULE4(this.aggregated) },
        { ALT: () => this.SUBRULE5(this.fullText) },
        { ALT: () => this.SUBRULE6(this.onPath) },
      ]),
  );

  readonly quantified = this.RULE('quantified', (): ExpressionSyntax => {
    const word = this.CONSUME(t.quantifier);
    this.CONSUME(t.open);
    const over = this.SUBRULE1(this.expression);
    const filter = this.SUBRULE2(this.innerFilter);
    this.CONSUME(t.close);
    return this.ACTION(() => ({
      type: 'quantified',
      quantifier: quantifiers[word.image.toLowerCase()] ?? 'some',
      over,
      filter,
      span: spanOf(word),
    }));
  });

  readonly innerFilter = this.RULE('innerFilter', (): ExpressionSyntax | undefined => {
    let filter: ExpressionSyntax | undefined;
    this.OPTION(() => {
      this.CONSUME(t.where);
      filter = this.SUBRULE(this.expression);
    });
    return filter;
  });

  readonly aggregated = this.RULE('aggregated', (): ExpressionSyntax => {
    const word = this.CONSUME(t.aggregate);
    this.CONSUME(t.open);
    const path = this.SUBRULE(this.path);
    const filter = this.SUBRULE(this.innerFilter);
    this.CONSUME(t.close);
    const { comparison } = this.SUBRULE(this.valueOperator);
    const value = this.SUBRULE(this.value);
    return this.ACTION(() => ({
      type: 'aggregate',
      function: aggregates[word.image.toLowerCase()] ?? 'count',
      path,
      filter,
      comparison,
      value,
    }));
  });

  readonly fullText = this.RULE('fullText', (): ExpressionSyntax => {
    this.CONSUME(t.fullText);
    this.CONSUME(t.open);
    const token = this.CONSUME(t.text);
    this.CONSUME(t.close);
    return this.ACTION(() => ({ type: 'fullText', value: textLiteral(token) }));
  });

  readonly onPath = this.RULE('onPath', (): ExpressionSyntax => {
    const path = this.SUBRULE(this.path);
    let result: ExpressionSyntax = { type: 'path', path };
    this.OPTION1(() => {
      result = this.OR1([
        { ALT: () => this.SUBRULE1(this.nullTest, { ARGS: [path] }) },
        { ALT: () => this.SUBRULE2(this.comparison, { ARGS: [path] }) },
        { ALT: () => this.SUBRULE3(this.ageTest, { ARGS: [path] }) },
        { ALT: () => this.SUBRULE4(this.wordTest, { ARGS: [path] }) },
      ]);
    });
    return result;
  });

  readonly nullTest = this.RULE('nullTest', (path: PathSyntax): ExpressionSyntax => {
    let negate = false;
    this.CONSUME(t.isWord);
    this.OPTION(() => {
      this.CONSUME(t.not);
      negate = true;
    });
    this.CONSUME(t.nullWord);
    return negated(negate, { type: 'missing', path });
  });

  readonly ageTest = this.RULE('ageTest', (path: PathSyntax): ExpressionSyntax => {
    const word = this.CONSUME(t.age);
    const token = this.CONSUME(t.duration);
    return this.ACTION(() => ({
      type: 'age',
      path,
      comparison: /^older/i.test(word.image) ? 'less' : 'greater',
      value: durationLiteral(token),
    }));
  });

  readonly comparison = this.RULE('comparison', (path: PathSyntax): ExpressionSyntax => {
    const { comparison, negate } = this.SUBRULE(this.valueOperator);
    const value = this.SUBRULE(this.value);
    return negated(negate, { type: 'compare', path, comparison, ignoreCase: false, value });
  });

  readonly valueOperator = this.RULE('valueOperator', (): Operator =>
    this.OR(
      valueOperators.map(([token, comparison, negate]) => ({
        ALT: () => {
          this.CONSUME(token);
          return { comparison, negate };
        },
      })),
    ),
  );

  readonly wordTest = this.RULE('wordTest', (path: PathSyntax): ExpressionSyntax => {
    let negate = false;
    this.OPTION(() => {
      this.CONSUME(t.not);
      negate = true;
    });
    const part: ExpressionSyntax = this.OR([
      {
        ALT: (): ExpressionSyntax => {
          this.CONSUME(t.inWord);
          return { type: 'oneOf', path, values: this.SUBRULE(this.list) };
        },
      },
      {
        ALT: (): ExpressionSyntax => {
          this.CONSUME(t.between);
          const low = this.SUBRULE1(this.value);
          this.CONSUME(t.and);
          return { type: 'between', path, low, high: this.SUBRULE2(this.value) };
        },
      },
      {
        ALT: (): ExpressionSyntax => {
          this.CONSUME(t.like);
          return { type: 'like', path, ignoreCase: false, value: this.SUBRULE3(this.value) };
        },
      },
      {
        ALT: (): ExpressionSyntax => {
          this.CONSUME(t.ilike);
          return { type: 'like', path, ignoreCase: true, value: this.SUBRULE4(this.value) };
        },
      },
    ]);
    return negated(negate, part);
  });

  readonly list = this.RULE('list', (): ValueSyntax[] =>
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.open);
          const values = this.SUBRULE1(this.values);
          this.CONSUME(t.close);
          return values;
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.openList);
          const values = this.SUBRULE2(this.values);
          this.CONSUME(t.closeList);
          return values;
        },
      },
    ]),
  );

  readonly values = this.RULE('values', (): ValueSyntax[] => {
    const values: ValueSyntax[] = [];
    this.MANY_SEP({
      SEP: t.comma,
      DEF: () => {
        values.push(this.SUBRULE(this.value));
      },
    });
    return values;
  });

  readonly value = this.RULE('value', (): ValueSyntax => {
    const literal = (token: TokenType, make: (read: IToken) => ValueSyntax) => ({
      ALT: (): ValueSyntax => {
        const read = this.CONSUME(token);
        return this.ACTION(() => make(read));
      },
    });
    return this.OR([
      literal(t.text, textLiteral),
      literal(t.number, numberLiteral),
      literal(t.relativeMoment, momentLiteral),
      literal(t.ago, momentLiteral),
      literal(t.duration, durationLiteral),
      literal(t.trueWord, (read) => wordLiteral(read, true)),
      literal(t.falseWord, (read) => wordLiteral(read, false)),
      literal(t.nullWord, (read) => wordLiteral(read, null)),
    ]);
  });

  readonly path = this.RULE('path', (): PathSyntax => {
    const names: NameSyntax[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.dot,
      DEF: () => {
        names.push(this.SUBRULE(this.name));
        this.OPTION(() => this.CONSUME(t.everyElement));
      },
    });
    return { names };
  });

  readonly name = this.RULE('name', (): NameSyntax => {
    const token = this.CONSUME(t.identifier);
    return this.ACTION(() => ({ name: token.image, ...spanOf(token) }));
  });
}

export const searchParser = new SearchParser();
