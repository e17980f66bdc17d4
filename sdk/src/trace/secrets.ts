/** Finds secrets in texts and takes them out. Rather too much than too little: the texts leave the machine. */

const REDACTED = '[redacted]';

/** Tokens that are remembered; a shorter one would be found in half of all words. */
const TOKENS_KEPT = 20;
const MIN_TOKEN_LENGTH = 6;

/** What the SDK itself puts into a query. All else may be a ticket or a signature. */
const HARMLESS = /^(lastEventId|replay|wait|limit|jobs|status)$/i;

/** Names whose values are secrets, also as the end of a longer name. */
const SECRET_NAME = /(token|secret|password|passwd|api[-_]?key|authorization|cookie|ticket|signature)$/i;

const RULES: readonly [RegExp, (...parts: string[]) => string][] = [
  // User and password of a URL.
  [/\/\/[^\s/?#"'\\]*@/g, () => '//'],
  [
    /([?&])([\w.~%-]+)=([^&\s#"'\\<>)]*)/g,
    (all, mark, name) => (HARMLESS.test(name) ? all : `${mark}${name}=${REDACTED}`),
  ],
  // Headers, to the end of the line.
  [
    /\b(authorization|cookie|x-api-key)(["']?\s*[:=]\s*["']?)[^\r\n"'\\]+/gi,
    (_, name, mark) => `${name}${mark}${REDACTED}`,
  ],
  // What looks like a credential rather than a word: it has a digit or a sign in it.
  [/\b(bearer|basic)\s+(?=\S*[\d._=-])[\w.~+/=-]{6,}/gi, (_, scheme) => `${scheme} ${REDACTED}`],
  // JSON Web Tokens, and the keys of well-known providers.
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, () => REDACTED],
  [/\b(sk-|AIza|AKIA|gh[a-z]_|xox[a-z]-)[\w-]{8,}/g, () => REDACTED],
  [
    /((?:token|secret|password|passwd|api[-_]?key|ticket|signature)["']?\s*[:=]\s*)(?!\[redacted)("[^"]*"|'[^']*'|[^\s"',;&<>\\)\]}]+)/gi,
    (_, name) => `${name}${REDACTED}`,
  ],
];

export class Secrets {
  readonly #tokens = new Set<string>();

  /** From now on this token is taken out wherever it stands. */
  learn(token: string): void {
    if (token.length < MIN_TOKEN_LENGTH) return;
    // The newest stands last.
    this.#tokens.delete(token);
    this.#tokens.add(token);
    if (this.#tokens.size > TOKENS_KEPT) this.#tokens.delete(this.#tokens.values().next().value!);
  }

  /** The text without its secrets. JSON stays JSON. */
  remove(text: string): string {
    const clean = this.#removeFrom(text);
    if (clean === text || !/^\s*[{[]/.test(text)) return clean;
    try {
      return JSON.stringify(
        JSON.parse(text, (name, value: unknown) => {
          if (SECRET_NAME.test(name)) return REDACTED;
          return typeof value === 'string' ? this.#removeFrom(value) : value;
        }),
      );
    } catch {
      return clean;
    }
  }

  #removeFrom(text: string): string {
    let clean = text;
    for (const token of this.#tokens) clean = clean.replaceAll(token, REDACTED);
    for (const [pattern, replace] of RULES) clean = clean.replace(pattern, replace);
    return clean;
  }
}
