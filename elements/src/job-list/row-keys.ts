/** The keys of a list: arrows, Home and End go from row to row. */

export function stepFrom(row: Element, event: KeyboardEvent): void {
  const rows: Record<string, Element | null | undefined> = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement?.firstElementChild,
    End: row.parentElement?.lastElementChild,
  };
  const next = rows[event.key]?.querySelector<HTMLElement>('.name');
  if (!next) return;
  event.preventDefault();
  next.focus();
}
