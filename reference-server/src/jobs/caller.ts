/** Who asks. */

export interface Caller {
  /** The owner of what this caller makes. */
  readonly id: string;
  /** Sees and may do everything, whoever owns it. */
  readonly isAdmin?: boolean;
  /** Set when the caller shows a view token: one job, and no more than this. */
  readonly view?: View & { readonly expiresAt: number };
}

/** `files` is a ticket: it may stand in the URL of a file, and opens nothing but the files. */
export const ACCESS = ['read', 'read+cancel', 'files'] as const;

/** What a view token opens. */
export interface View {
  readonly jobId: string;
  readonly access: (typeof ACCESS)[number];
}

/** How long a caller may read what it has opened, in ms; `undefined`: as long as it likes. */
export function readingTimeOf({ view }: Caller): number | undefined {
  return view && view.expiresAt - Date.now();
}

/** Whether something is there for a caller at all (AC-50). */
export function owns(caller: Caller, { ownerId }: { readonly ownerId: string }): boolean {
  return caller.isAdmin === true || caller.id === ownerId;
}

/** The one caller of a server without sign-in: whoever sits at this machine. */
export const LOCAL: Caller = { id: 'local', isAdmin: true };
