/** The card of `<aura-render-status>`: frame, header, what is going on, actions. */
import { css } from 'lit';

export const renderStatusStyles = css`
  /* Contained, so that it can ask how wide it is; the intrinsic size keeps it from collapsing where nothing gives it a width. */
  :host {
    container-type: inline-size;
    contain-intrinsic-inline-size: 30rem;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    position: relative;
    padding: clamp(1rem, 4cqi, 1.5rem);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--aura-shadow, 0 1px 2px rgb(16 24 40 / 0.06));
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    min-block-size: 2rem;
  }

  h2 {
    flex: 1 1 9em;
    font-size: 1.2em;
    font-weight: 650;
    line-height: 1.3;
  }

  .job-title {
    order: 3;
    flex-basis: 100%;
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .icon {
    color: var(--_muted);
    font-size: 1.15em;
  }

  .succeeded .icon {
    color: var(--_success);
  }

  .failed .icon {
    color: var(--_danger);
  }

  .attempt {
    font-size: 0.875em;
  }

  .percent {
    min-inline-size: 3.2ch;
    font-size: 1.35em;
    font-weight: 650;
    line-height: 1;
    text-align: end;
  }

  .now {
    display: grid;
    align-content: center;
    gap: 0.15rem;
    min-block-size: 2.9em;
  }

  .message {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .footer {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 0.75rem 1rem;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    margin-inline-start: auto;
  }

  @container (max-width: 24rem) {
    h2 {
      flex-basis: 65%;
    }

    .percent {
      order: 1;
    }

    header :is(.attempt, .badge) {
      order: 2;
    }

    header .badge {
      flex: 1 1 8em;
    }
  }
`;
