/** Where the SDK says what it does. */

/** Silent unless asked for; `console` is one. What it is told holds no secrets. */
export interface Logger {
  /** Each state of a connection. */
  debug(message: string): void;
  /** Each failed attempt. */
  warn(message: string): void;
}
