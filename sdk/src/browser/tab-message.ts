/** What tabs that share a connection say to each other. No token and no header is ever part of it. */
import type { PortableError } from './portable-error.ts';

/** One event, as the connection brought it. */
export interface Frame {
  /** Its own id, `''` where it has none. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

export type OpenStatus = 'open' | 'polling';

/** What has come since the last message. Without events it is a sign of life. */
export interface News {
  readonly kind: 'news';
  readonly status: OpenStatus | undefined;
  readonly frames: readonly Frame[];
}

/** How the connection ended. */
export interface Ended {
  readonly kind: 'ended';
  /** Nothing more will ever come. */
  readonly over: boolean;
  readonly error: PortableError | undefined;
  /** The reconnection time that the server sent. */
  readonly retryMs: number | undefined;
}

/** The answer to a hello. */
export interface Welcome {
  readonly kind: 'welcome';
  readonly to: string;
  /** That of the hello. */
  readonly question: number;
  readonly status: OpenStatus | undefined;
  /** All that came after that cursor; `undefined` when the tab that leads cannot know it. */
  readonly frames: readonly Frame[] | undefined;
  /** Where the tab that leads stands. */
  readonly end: string;
}

/** A tab asks for what comes after its cursor. */
export interface Hello {
  readonly kind: 'hello';
  readonly cursor: string;
  /** A number that the answer repeats: a tab may ask anew before it is answered. */
  readonly question: number;
}

/** A tab has taken the lead, so everybody asks again. */
export interface Lead {
  readonly kind: 'lead';
}

export type TabMessage = (Hello | Lead | Welcome | News | Ended) & {
  /** Name of the seat that speaks. */
  readonly from: string;
};

/** A hello, and who said it. */
export type Asking = Extract<TabMessage, Hello>;

type WithoutSender<T> = T extends unknown ? Omit<T, 'from'> : never;

/** A message before the seat has put its name to it. */
export type TabWords = WithoutSender<TabMessage>;

/** The cursor after an event. After a lost cursor the state comes from the beginning, whatever was seen before (AC-08). */
export function cursorAfter(cursor: string, { id, type }: Frame): string {
  return type === 'resync' ? '' : id || cursor;
}
