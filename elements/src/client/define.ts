/** Registers `<aura-client>`. Import it before the elements inside, which else begin without it. */
import { defineElement } from '../shared/define-element.ts';
import { AuraClientProvider } from './client.ts';

defineElement('aura-client', AuraClientProvider);
