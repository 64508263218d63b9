import { VimFaultError, VsphereAnswerError } from '../errors.js';
import { ValueDecoder, type DecodedObject } from './decoder.js';
import { operations, type OperationName } from './operations.js';
import { XmlFault, XmlScanner } from './xml-scanner.js';
import type { XmlTag } from './xml-tag.js';

/** vim25 nests less than 40 deep, snapshot trees included (32 is the limit of a chain). */
const maximumDepth = 200;

const isObject = (value: unknown): value is DecodedObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Class, privilege and object of a fault, out of the decoded Fault element. */
export function faultOf(address: string, operation: string, fault: DecodedObject): VimFaultError {
  const detail = isObject(fault.detail) ? fault.detail['*'] : undefined;
  const facts = isObject(detail) ? detail : {};
  const code = textOf(fault.faultcode);
  const object = isObject(facts.object) ? facts.object : facts.obj;
  return new VimFaultError(
    address,
    operation,
    textOf(facts.$type) || code.slice(code.indexOf(':') + 1) || 'Fault',
    textOf(fault.faultstring).trim(),
    textOf(facts.privilegeId) || undefined,
    isObject(object) ? textOf(object.value) : undefined,
  );
}

/**
 * Reads one SOAP answer as it comes in. Nothing but the decoded values is kept. Document types and
 * entity declarations are refused: no server of the protocol sends them, and they are how a
 * hostile one would make a parser grow or read files.
 */
export class AnswerReader {
  private readonly scanner: XmlScanner;
  private readonly decoder: ValueDecoder;
  private readonly values: unknown[] = [];
  private fault: DecodedObject | undefined;
  private envelope = false;
  private readonly answer: string;

  constructor(
    private readonly address: string,
    private readonly operation: OperationName,
  ) {
    const declared: string = operations[operation].answer;
    this.answer = declared.replace('[]', '');
    this.decoder = new ValueDecoder((name, value) => {
      if (name === 'returnval') this.values.push(value);
      else if (isObject(value)) this.fault = value;
    });
    const { decoder } = this;
    this.scanner = new XmlScanner(
      {
        open: (tag) => {
          if (decoder.active) decoder.open(tag);
          else this.openOutside(tag);
        },
        close: () => {
          if (decoder.active) decoder.close();
        },
        text: (piece) => {
          decoder.text(piece);
        },
        get wantsText() {
          return decoder.wantsText;
        },
      },
      maximumDepth,
    );
  }

  /** @throws VsphereAnswerError where the text is no SOAP answer. */
  write(text: string): void {
    this.reading(() => {
      this.scanner.write(text);
    });
  }

  /**
   * The answer's values: one, or as many as an array answer has.
   *
   * @throws VimFaultError where the server answered with a fault.
   */
  finish(status: number): readonly unknown[] {
    if (!this.envelope) throw this.invalid(`HTTP status ${status} without a SOAP envelope`);
    this.reading(() => {
      this.scanner.end();
    });
    if (this.fault !== undefined) throw faultOf(this.address, this.operation, this.fault);
    return this.values;
  }

  private reading(step: () => void): void {
    try {
      step();
    } catch (error) {
      throw error instanceof XmlFault ? this.invalid(error.message) : error;
    }
  }

  private openOutside(tag: XmlTag): void {
    const { local } = tag;
    if (local === 'Envelope') this.envelope = true;
    else if (local === 'Fault') this.decoder.begin('Fault', 'SoapFault', tag);
    else if (local === 'returnval' && this.answer !== 'nothing') {
      this.decoder.begin('returnval', this.answer, tag);
    }
  }

  private invalid(why: string): VsphereAnswerError {
    return new VsphereAnswerError(this.address, this.operation, why);
  }
}
