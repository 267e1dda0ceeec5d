/** What the bench touches of its peers. */
declare module 'asterisk-manager' {
  export default function connect(
    port: number,
    host: string,
    user: string,
    secret: string,
    events: boolean,
  ): {
    on(event: 'managerevent', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    action(action: Readonly<Record<string, string>>, done: (error?: Error) => void): void;
  };
}
declare module 'asterisk-ami-client' {
  export default class AmiClient {
    constructor(options?: Readonly<Record<string, unknown>>);
    connect(
      user: string,
      secret: string,
      options: { readonly host: string; readonly port: number },
    ): Promise<unknown>;
    on(event: 'event', listener: () => void): this;
  }
}
