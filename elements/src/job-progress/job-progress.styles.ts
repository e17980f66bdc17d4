/** Layout of `<aura-job-progress>`. */
import { css } from 'lit';

export const jobProgressStyles = css`
  .base {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.45rem;
    position: relative;
  }

  .head {
    display: flex;
    align-items: baseline;
    gap: 0.6em;
  }

  .title {
    font-weight: 600;
  }

  .message {
    flex: 1 1 0;
    min-inline-size: 0;
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .percent {
    flex: none;
    margin-inline-start: auto;
    min-inline-size: 4ch;
    font-weight: 600;
    text-align: end;
  }

  /* One line of one height, whatever comes and goes in it. */
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 1.75rem;
  }

  .foot > :first-child:not(.side) {
    flex: 1 1 0;
    min-inline-size: 0;
  }

  /* What has no room is left out as a whole, from the last fact on. */
  .foot .facts {
    container-type: inline-size;
    block-size: 1.45em;
    white-space: nowrap;
  }

  /* Of the first, no piece that says nothing. */
  @container (max-width: 5em) {
    .facts > span {
      visibility: hidden;
    }
  }

  .foot .facts > span {
    max-inline-size: calc(100% + 1.1em);
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .side {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.8rem;
    max-inline-size: 100%;
    margin-inline-start: auto;
    white-space: nowrap;
  }

  /* Nothing jumps any more when all has stopped. */
  .side:has(.primary) {
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.4rem 0.8rem;
  }

  /* The words stand beside the ring, the percent inside it. */
  .is-ring {
    align-content: center;
    gap: 0.1rem;
    min-block-size: var(--aura-ring-size, 6rem);
    padding-inline-start: calc(var(--aura-ring-size, 6rem) + 1.1rem);
  }

  .is-ring :is(.meter, .percent) {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
  }

  .is-ring .percent {
    display: grid;
    place-items: center;
    inline-size: var(--aura-ring-size, 6rem);
    block-size: var(--aura-ring-size, 6rem);
    font-size: 1.3em;
  }

  .is-ring .head {
    flex-wrap: wrap;
    gap: 0;
  }

  .is-ring .foot {
    flex-wrap: wrap;
    gap: 0.2rem;
    min-block-size: 0;
  }

  .is-ring :is(p + .foot, .foot + p) {
    margin-block-start: 0.35rem;
  }

  .is-ring :is(.message, .facts.facts) {
    flex-basis: 100%;
  }

  .is-ring .side {
    justify-content: flex-start;
    margin: 0;
  }

  .is-compact {
    display: flex;
    align-items: center;
    gap: 0.55em;
    min-block-size: 1.75rem;
    white-space: nowrap;
  }

  .is-compact :is(.head, .foot, .side) {
    display: contents;
  }

  .is-compact .ring {
    order: -1;
    flex: none;
    inline-size: 1.35em;
    block-size: 1.35em;
  }

  .is-compact circle {
    stroke-width: 16;
  }

  .is-compact .message {
    display: none;
  }

  .is-compact .percent {
    margin: 0;
  }

  .is-compact .side > * {
    flex: none;
    order: 1;
  }

  /* What the title says already, what has to wait until something is seen again, and what a refusal needs the room of. */
  .is-compact :is(.percent:empty, .badge.failed, .primary ~ button),
  .is-compact:has(> .danger-text) :is(.facts, .badge) {
    display: none;
  }

  :is(.is-ring, .is-compact) .badge {
    display: block;
    min-inline-size: 0;
  }

  /* So much, that the title beside it does not lose a letter to a fraction of a pixel. */
  .is-compact .badge.badge {
    flex-shrink: 9999;
  }

  :is(.is-ring, .is-compact) .badge::before {
    display: inline-block;
    margin-inline-end: 0.5em;
    vertical-align: 0.1em;
  }

  .is-ring .badge,
  .is-compact :is(.title, .badge, .danger-text, p) {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .is-compact :is(.facts, .danger-text, p) {
    flex: 1 1 0;
    min-inline-size: 0;
  }

  .is-compact :is(.danger-text, p) {
    display: block;
  }

  /* Its space from the title is its own: without room for it, the title has that, too. */
  .is-compact p {
    margin-inline-start: -0.55em;
  }

  .is-compact p::before {
    content: '';
    padding-inline-start: 0.55em;
  }

  /* In a line for all, the first fact has no right to a piece of it either. */
  .is-compact .facts::before {
    content: '';
    inline-size: 1px;
    block-size: 100%;
    margin-inline-end: -1px;
  }

  .is-compact .facts > span {
    max-inline-size: none;
  }

  @media (forced-colors: active) {
    .is-compact .ring .ground.ground {
      stroke-width: 5;
    }
  }

  .is-minimal .bar {
    block-size: var(--aura-bar-height, 4px);
  }
`;
