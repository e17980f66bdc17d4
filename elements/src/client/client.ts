/** The element `<aura-client>`. */
import { AuraClient } from '@aura-jobs/sdk';
import type { AuraClientOptions } from '@aura-jobs/sdk';
import { ContextProvider } from '@lit/context';
import { css, html, LitElement } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { auraClientContext } from '../shared/aura-client-context.ts';
import type { JobSource } from '../shared/job-source.ts';
import { VERSION } from '../shared/version.ts';
import { transportNamed } from './transport-named.ts';
import type { TransportName } from './transport-named.ts';

/**
 * @summary Gives all Aura elements inside it one client: where the API lives, how to sign in, how events travel.
 *
 * An element inside that has a `base-url` or a `client` of its own keeps that. Shows nothing itself.
 *
 * @example
 * <aura-client base-url="https://video.example.com" credentials="include" lang="en">
 *   <aura-job-list></aura-job-list>
 * </aura-client>
 *
 * @attr {string} base-url - Where the API lives; the page's own origin by default. Another one is another client.
 * @attr {'omit' | 'same-origin' | 'include'} credentials - Whether cookies are sent.
 * @attr {'sse' | 'auto' | 'websocket' | 'polling'} transport - How events travel; `auto` finds out what gets through.
 * @attr {string} lang - Language of the texts inside.
 *
 * @slot - The elements that use the client, and anything else.
 */
export class AuraClientProvider extends LitElement {
  static readonly version = VERSION;

  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    getToken: { attribute: false },
    baseUrl: { attribute: 'base-url' },
    credentials: {},
    transport: {},
  };

  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** A client made by the page; wins over everything else. */
  declare client: JobSource | undefined;
  /** Asked for a bearer token before each request. */
  declare getToken: AuraClientOptions['getToken'];
  /** Where the API lives. */
  declare baseUrl: string;
  /** Whether cookies are sent. */
  declare credentials: RequestCredentials | '';
  /** How events travel. */
  declare transport: TransportName;

  readonly #provider = new ContextProvider(this, { context: auraClientContext });

  constructor() {
    super();
    this.baseUrl = '';
    this.credentials = '';
    this.transport = 'sse';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // Another function is asked from now on. A first one is another client: what was asked without it was refused.
    const sameUse = changed.has('getToken') && Boolean(changed.get('getToken')) === Boolean(this.getToken);
    if (changed.size > Number(sameUse)) this.#provider.setValue(this.client ?? this.#newClient());
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #newClient(): AuraClient {
    const { baseUrl, credentials } = this;
    const transport = transportNamed(this.transport);
    return new AuraClient({
      baseUrl,
      ...(this.getToken && { getToken: () => this.getToken?.() }),
      ...(credentials && { credentials }),
      ...(transport && { transport }),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'aura-client': AuraClientProvider;
  }
}
