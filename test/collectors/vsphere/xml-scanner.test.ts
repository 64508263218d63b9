import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { XmlScanner } from '../../../src/collectors/vsphere/soap/xml-scanner.js';

/** What a document says: starts with attributes, ends, and the text between them in one piece. */
class Said {
  readonly events: string[] = [];
  private pending = '';

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.flush();
    this.events.push(`<${name} ${JSON.stringify(Object.entries(attributes).sort())}`);
  }

  close(): void {
    this.flush();
    this.events.push('>');
  }

  text(piece: string): void {
    this.pending += piece;
  }

  flush(): readonly string[] {
    // Between elements servers send line breaks, which mean nothing.
    if (this.pending.trim() !== '') this.events.push(this.pending);
    this.pending = '';
    return this.events;
  }
}

function scanned(pieces: readonly string[]): readonly string[] {
  const said = new Said();
  const scanner = new XmlScanner(
    {
      open: ({ name, attributes }) => {
        said.open(name, attributes);
      },
      close: () => {
        said.close();
      },
      text: (piece) => {
        said.text(piece);
      },
      wantsText: true,
    },
    100,
  );
  for (const piece of pieces) scanner.write(piece);
  scanner.end();
  return said.flush();
}

function parsed(text: string): readonly string[] {
  const said = new Said();
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    said.open(name, attributes);
  });
  parser.on('closetag', () => {
    said.close();
  });
  parser.on('text', (piece) => {
    said.text(piece);
  });
  parser.on('cdata', (piece) => {
    said.text(piece);
  });
  parser.write(text).close();
  return said.flush();
}

const name = fc.constantFrom('a', 'val', 'soapenv:Body', 'xsi:type', 'größe', '_1');
const text = fc.string({
  unit: fc.constantFrom('x', ' ', '<', '>', '&', '"', "'", '\n', 'ü', '😀', ']'),
});
const escaped = (plain: string): string =>
  plain.replace(
    /[<&>"']/gu,
    (character) => `&#${character === '<' ? 'x3C' : String(character.codePointAt(0))};`,
  );
const named = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const content = fc.oneof(
  text.map(escaped),
  text.map(named),
  text.filter((each) => !each.includes(']')).map((each) => `<![CDATA[${each}]]>`),
  text.map((each) => `<!--${each.replaceAll('-', '')}-->`),
);
const attributes = fc
  .dictionary(fc.constantFrom('type', 'xsi:type', 'xmlns:x'), text, { maxKeys: 3 })
  .map((given) =>
    Object.entries(given)
      .map(([key, value]) => ` ${key}="${escaped(value.replaceAll('\n', ' '))}"`)
      .join(''),
  );

const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      name,
      attributes,
      fc.array(fc.oneof({ maxDepth: 4 }, content, tie('element')), { maxLength: 4 }),
    )
    .map(([tag, given, children]) =>
      children.length === 0
        ? `<${tag}${given}/>`
        : `<${tag}${given}>${children.join('')}</${tag} >`,
    ),
}));

const cut = (whole: string, places: readonly number[]): string[] => {
  const ends = [...new Set(places.map((place) => place % (whole.length + 1)))].sort(
    (a, b) => a - b,
  );
  return [...ends, whole.length].map((end, place) => whole.slice(ends[place - 1] ?? 0, end));
};

describe('the scanner of answers', () => {
  it('reads what a general parser reads, wherever the text is cut', () => {
    fc.assert(
      fc.property(element, fc.array(fc.nat(5_000), { maxLength: 20 }), (root, places) => {
        const document = `<?xml version="1.0"?>\n${root}\n`;
        expect(scanned(cut(document, places))).toEqual(parsed(document));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['another tag is closed', '<a><b></a></b>'],
    ['more is closed than was opened', '<a></a></b>'],
    ['an attribute has no quotes', '<a b=c></a>'],
    ['an entity has no end', '<a>x & y</a>'],
    ['it ends within a tag', '<a b="c'],
    ['it declares a document type', '<!DOCTYPE a><a/>'],
  ])('refuses a text in which %s', (_what, document) => {
    for (const size of [1, 3, document.length]) {
      const pieces = cut(
        document,
        Array.from(document, (_each, place) => place * size),
      );
      expect(() => scanned(pieces)).toThrow();
    }
  });
});
