/** The one client of this app: its services and the elements share it, and with it one connection per job. */
import { InjectionToken } from '@angular/core';
import { AuraClient } from '@aura-jobs/sdk';

/** Set by `define` in angular.json. */
declare const AURA_URL: string;

export const CLIENT = new InjectionToken('AuraClient', { factory: () => new AuraClient({ baseUrl: AURA_URL }) });
