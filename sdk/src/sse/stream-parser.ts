/** Takes the text of an event stream apart (WHATWG HTML, 9.2.6). Knows nothing of connections. */
import { ProtocolError } from '../errors/protocol-error.ts';

export interface ParserHandlers {
  /** @param id the event's own id, `''` where it had none */
  onEvent(type: string, data: string, id: string): void;
  /** The last event id, before the event that brought it; also of a block without data. */
  onId(id: string): void;
  onRetry(ms: number): void;
}

const LF = 10;
const SPACE = 32;
const COLON = 58;
const D = 100;
const E = 101;
const I = 105;

/**
 * Makes a parser for one connection: hand it the stream's text piece by piece.
 *
 * @param maxLength longest event in characters; a longer one throws a {@link ProtocolError}, so that a bad server cannot
 * fill the memory
 */
export function createStreamParser(handlers: ParserHandlers, maxLength: number): (chunk: string) => void {
  let begun = false;
  let afterCr = false;
  /** A line whose end has not come yet. */
  let rest = '';
  let type = '';
  let data: string | undefined;
  let id: string | undefined;

  function readLine(text: string, start: number, end: number): void {
    const first = text.charCodeAt(start);
    // Nearly every line is one of these three, so they are not searched for their colon.
    if (first === D && text.charCodeAt(start + 4) === COLON && text.startsWith('ata', start + 1)) {
      const value = valueAt(text, start + 5, end);
      data = data === undefined ? value : `${data}\n${value}`;
    } else if (first === I && text.charCodeAt(start + 2) === COLON && text.charCodeAt(start + 1) === D) {
      const value = valueAt(text, start + 3, end);
      // [spec] An id with a NUL is ignored.
      if (!value.includes('\0')) id = value;
    } else if (first === E && text.charCodeAt(start + 5) === COLON && text.startsWith('vent', start + 1)) {
      type = valueAt(text, start + 6, end);
    } else if (first !== COLON) {
      const line = text.slice(start, end);
      if (/^retry: ?\d+$/.test(line)) handlers.onRetry(+line.slice(6));
      // [spec] A line without a colon is a field without a value.
      else if (/^(data|id|event)$/.test(line)) readLine(`${line}:`, 0, line.length + 1);
    }
  }

  function endBlock(): void {
    if (id !== undefined) handlers.onId(id);
    if (data !== undefined) {
      if (data.length > maxLength) throw tooLong();
      handlers.onEvent(type || 'message', data, id ?? '');
    }
    type = '';
    data = id = undefined;
  }

  return (chunk) => {
    if (!chunk) return;
    // [spec] One byte order mark at the beginning is no part of the stream.
    let text = !begun && chunk[0] === '\uFEFF' ? chunk.slice(1) : chunk;
    begun = true;
    // [spec] A line ends with CR, LF or both; the two may come apart.
    if (afterCr && text[0] === '\n') text = text.slice(1);
    afterCr = chunk.endsWith('\r');
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    let start = 0;
    let end = text.indexOf('\n');
    // Put together only when the line is whole: a long one in small pieces must not be copied for each of them.
    if (rest && end >= 0) {
      text = [rest, text].join('');
      end += rest.length;
      rest = '';
    }
    while (end >= 0) {
      if (end > start) readLine(text, start, end);
      else endBlock();
      start = end + 1;
      // Most blocks end here, which is cheaper to see than to search.
      if (text.charCodeAt(start) === LF) {
        endBlock();
        start++;
      }
      end = text.indexOf('\n', start);
    }
    rest += text.slice(start);
    if (rest.length + (data ?? '').length > maxLength) throw tooLong();
  };
}

/** [spec] One space after the colon belongs to it. */
function valueAt(text: string, start: number, end: number): string {
  return start < end ? text.slice(text.charCodeAt(start) === SPACE ? start + 1 : start, end) : '';
}

function tooLong(): ProtocolError {
  return new ProtocolError('An event is longer than maxEventLength.', { code: 'EventTooLong' });
}
