import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { limits } from '../archive/limits.js';
import { brokenExport, hostileExport, RvtoolsError } from '../errors.js';

/** What a reader of a spreadsheet's XML wants to hear. Names come without their prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * A parser that refuses document types, since those alone can declare entities, and what is nested
 * or long beyond reason. After each `write` the listener has heard all that was in it.
 */
function parserFor(listener: XmlListener, subject: string) {
  const parser = new SaxesParser();
  let sinceEvent = 0;
  let depth = 0;
  const heard = (): void => {
    sinceEvent = 0;
  };
  parser.on('error', (error) => {
    throw brokenExport(subject, error.message, error);
  });
  parser.on('doctype', () => {
    throw hostileExport(subject, 'it declares a document type, by which entities are defined');
  });
  parser.on('opentag', ({ name, attributes }) => {
    heard();
    depth += 1;
    if (depth > limits.xmlDepth) {
      throw hostileExport(subject, `its XML is nested deeper than ${limits.xmlDepth}`);
    }
    listener.open(localName(name), attributes);
  });
  parser.on('text', (text) => {
    heard();
    listener.text(text);
  });
  parser.on('cdata', (text) => {
    heard();
    listener.text(text);
  });
  parser.on('closetag', ({ name }) => {
    heard();
    depth -= 1;
    listener.close(localName(name));
  });
  return {
    write(text: string): void {
      sinceEvent += text.length;
      parser.write(text);
      if (sinceEvent > limits.xmlToken) {
        throw hostileExport(subject, `it has a text longer than ${limits.xmlToken} characters`);
      }
    },
    end(): void {
      parser.close();
    },
  };
}

/**
 * Tells a listener what is in an XML file, a chunk at a time; each step gives the
 * listener after one chunk, so that what came together can be handed on.
 *
 * @throws RvtoolsError for XML that is damaged or made to harm.
 */
export async function* xmlEvents<L extends XmlListener>(
  stream: Readable,
  listener: L,
  subject: string,
): AsyncGenerator<L> {
  const parser = parserFor(listener, subject);
  // Throws for bytes that are no UTF-8, in which every spreadsheet program writes.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield listener;
    }
    parser.write(decoder.decode());
    parser.end();
    yield listener;
  } catch (error) {
    if (error instanceof RvtoolsError) throw error;
    throw brokenExport(subject, error instanceof Error ? error.message : String(error), error);
  } finally {
    stream.destroy();
  }
}

/** Tells a listener all that is in an XML file. */
export async function readXml(
  stream: Readable,
  listener: XmlListener,
  subject: string,
): Promise<void> {
  const events = xmlEvents(stream, listener, subject);
  while ((await events.next()).done !== true) continue;
}
