/** What all elements that show one job have in common. */
import { LitElement } from 'lit';
import type { PropertyDeclarations } from 'lit';
import type { AnnounceProfile } from './announcer.ts';
import { CustomStates } from './custom-states.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { JobController } from './job-controller.ts';
import type { JobSource } from './job-source.ts';
import { VERSION } from './version.ts';

/** Properties of the job and its client; behaviour is in the controllers. */
export abstract class JobElement extends LitElement {
  static readonly version = VERSION;

  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    jobId: { attribute: 'job-id' },
    baseUrl: { attribute: 'base-url' },
    announce: {},
    lang: { reflect: true, useDefault: true },
  };

  /** The client to use, instead of `base-url` or a provider. */
  declare client: JobSource | undefined;
  /** The job to show. */
  declare jobId: string;
  /** Where the API lives. */
  declare baseUrl: string;
  /** What is spoken without being asked for; endings and trouble always are. */
  declare announce: AnnounceProfile;
  /** Language of the texts. */
  declare lang: string;

  protected readonly control = new JobController(this);
  readonly #states = new CustomStates(this);

  constructor() {
    super();
    this.jobId = '';
    this.baseUrl = '';
    this.announce = 'steps';
    this.lang = '';
    new FocusKeeper(this);
  }

  override updated(): void {
    this.#states.show(this.control.states);
  }
}
