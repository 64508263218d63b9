import { soap, type SoapHttpClient } from 'strong-soap';
import { VsphereAnswerError } from '../errors.js';
import type { OperationName } from './operations.js';
import { wsdl } from './wsdl.js';

/** Sends an envelope and reads its answer; what it read it keeps for its caller. */
export type Exchange = (envelope: string, headers: Record<string, string>) => Promise<void>;

/** Values that must not pass through a general SOAP library, by the placeholder that stands for them. */
export type Secrets = ReadonlyMap<string, string>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const withSecrets = (envelope: string, secrets: Secrets): string => {
  let text = envelope;
  for (const [placeholder, secret] of secrets) {
    const escaped = secret.replace(/[&<>"']/gu, (character) => escapes[character] ?? character);
    text = text.replaceAll(placeholder, () => escaped);
  }
  return text;
};

/** Answers are decoded while they arrive, so that the library is left with an empty one. */
const emptyAnswer = (operation: OperationName): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><${operation}Response xmlns="urn:vim25"/></soap:Body></soap:Envelope>`;

interface CallOptions extends Record<string, unknown> {
  readonly operation: OperationName;
  readonly exchange: Exchange;
  readonly secrets: Secrets;
}

const isCallOptions = (options: Record<string, unknown>): options is CallOptions =>
  typeof options.exchange === 'function' && options.secrets instanceof Map;

/** Lets strong-soap send through our own connections. */
const httpClient: SoapHttpClient = {
  options: { prettyPrint: false },
  request(_url, envelope, callback, headers, options) {
    if (!isCallOptions(options)) {
      callback(new TypeError('the call names no exchange'));
      return;
    }
    options.exchange(withSecrets(envelope, options.secrets), headers).then(
      () => {
        callback(null, {}, emptyAnswer(options.operation));
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
  },
};

const loadClient = (): InstanceType<typeof soap.Client> =>
  new soap.Client(new soap.WSDL(wsdl, 'vim', {}).loadSync(), 'https://localhost/sdk', {
    httpClient,
  });

let client: InstanceType<typeof soap.Client> | undefined;

/**
 * Writes the envelope of an operation as the WSDL says and hands it to `exchange`.
 *
 * @param secrets placeholders in the arguments, replaced just before sending: strong-soap keeps
 * and may print what it is given.
 */
export async function callOperation(
  operation: OperationName,
  argument: object,
  exchange: Exchange,
  secrets: Secrets = new Map(),
): Promise<void> {
  client ??= loadClient();
  const method = client[operation]?.bind(client);
  if (method === undefined) {
    throw new VsphereAnswerError('the WSDL', operation, 'the operation is not declared');
  }
  const options: CallOptions = { operation, exchange, secrets };
  await new Promise<void>((resolve, reject) => {
    method(
      argument,
      (error) => {
        if (error === null) resolve();
        else reject(error);
      },
      options,
    );
  });
}
