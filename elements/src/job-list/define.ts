/** Registers `<aura-job-list>`, and the drawer in which it shows a job. */
import '../render-status/define.ts';
import { defineElement } from '../shared/define-element.ts';
import { AuraJobList } from './job-list.ts';

defineElement('aura-job-list', AuraJobList);
