/** The page of the list bench: one `<aura-job-list>`, and what a person does to it. */
import '@aura-jobs/elements/define';

declare global {
  /** Waits until the list shows so many jobs in all, and so many in this state. */
  var untilShown: (jobs: number, status?: string, inState?: number) => Promise<void>;
  var clickPart: (part: string, index?: number) => void;
  /** Says yes to the question that is open. */
  var confirmQuestion: () => void;
}

const list = document.createElement('aura-job-list');
list.baseUrl = new URLSearchParams(location.search).get('server')!;
document.querySelector('#root')!.append(list);

const all = (selector: string): NodeListOf<HTMLElement> => list.renderRoot.querySelectorAll(selector);

globalThis.untilShown = async (jobs, status = '', inState = 0) => {
  const done = (): boolean =>
    all('[part~=job]').length === jobs && (!status || all(`[part~=job].${status}`).length === inState);
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 50));
  // With the frame that shows it.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
};

globalThis.clickPart = (part, index = 0) => all(`[part~=${part}]`)[index]!.click();
globalThis.confirmQuestion = () => all('dialog[open] [part~=danger-button]')[0]!.click();
