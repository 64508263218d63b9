/** The part of strong-soap that is used; the package brings no types. */
declare module 'strong-soap' {
  /** Node's callback, as the client's methods take it. */
  type SoapCallback = (error: Error | null, result?: unknown) => void;

  interface SoapHttpClient {
    readonly options: { readonly prettyPrint: boolean };
    request(
      url: string,
      envelope: string,
      callback: (error: Error | null, response?: object, body?: string) => void,
      headers: Record<string, string>,
      options: Record<string, unknown>,
    ): void;
  }

  type SoapMethod = (
    argument: object,
    callback: SoapCallback,
    options: Record<string, unknown>,
  ) => void;

  export const soap: {
    readonly WSDL: new (
      definition: string,
      uri: string,
      options: object,
    ) => { loadSync(): object; load(callback: (error: Error | null) => void): void };
    readonly Client: new (
      wsdl: object,
      endpoint: string,
      options: { readonly httpClient: SoapHttpClient },
    ) => Record<string, SoapMethod>;
  };
}
