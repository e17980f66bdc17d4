/** The page of that test: elements in a registry of their own. */
import { AuraJobList, AuraJobProgress, AuraRenderStatus } from '@aura-jobs/elements';

const given = new URLSearchParams(location.search);
const registry = new CustomElementRegistry();
registry.define('own-progress', AuraJobProgress);
registry.define('aura-job-list', AuraJobList);
registry.define('aura-render-status', AuraRenderStatus);

const init = { mode: 'open', customElementRegistry: registry } as ShadowRootInit;
const root = document.querySelector('#root')!.attachShadow(init);
root.innerHTML = '<own-progress></own-progress><aura-job-list></aura-job-list>';
for (const element of root.children) {
  element.setAttribute('base-url', given.get('server')!);
  element.setAttribute('job-id', given.get('job')!);
}
