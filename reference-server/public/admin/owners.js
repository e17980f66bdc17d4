/** Says in each row of the list whose job it is: the element knows of jobs, and nothing of owners. */
import { withText } from './figures.js';

/** At least as many as the list has. */
const PAGES = { size: 200, most: 3 };

/** @param {HTMLElement} list @param {(path: string) => Promise<Response>} ask */
export async function showOwners(list, ask) {
  const notes = [];
  for (let page = 0, cursor = ''; page < PAGES.most && cursor !== null; page++) {
    const answer = await ask(`/api/jobs?limit=${PAGES.size}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    if (!answer.ok) return;
    const { jobs, nextCursor } = await answer.json();
    for (const { jobId, ownerId } of jobs)
      notes.push(withText('span', `${ownerId} · `, { slot: `about-${jobId}`, class: 'owner', title: 'Owner' }));
    cursor = nextCursor;
  }
  list.replaceChildren(...notes);
}
