/** The list: rows of one height, of which only those in sight are laid out. */
import { css } from 'lit';

export const jobListStyles = css`
  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    position: relative;
  }

  header,
  .filters,
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem;
  }

  header {
    justify-content: space-between;
    min-block-size: 2rem;
  }

  h2 {
    font-size: 1.2em;
    font-weight: 650;
  }

  .count {
    color: var(--_muted);
    font-weight: 400;
  }

  .tools,
  .job {
    padding-inline: 0.25rem 0.75rem;
  }

  .tools > button:last-of-type {
    margin-inline-start: auto;
  }

  .check {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
  }

  .check[hidden] {
    visibility: hidden;
  }

  input {
    inline-size: 1.15rem;
    block-size: 1.15rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .job {
    display: grid;
    grid-template-columns: 2rem 1.25em minmax(0, 1fr) auto;
    align-items: center;
    align-content: center;
    gap: 0 0.6rem;
    position: relative;
    block-size: 3.75rem;
    border-block-start: 1px solid var(--_border);
    content-visibility: auto;
    contain-intrinsic-block-size: 3.75rem;
  }

  .job:last-child {
    border-block-end: 1px solid var(--_border);
  }

  .job:hover {
    background: var(--_sunken);
  }

  .job > :is(.check, svg) {
    grid-row: 1 / 3;
  }

  .job > svg {
    color: var(--_muted);
  }

  .job.Running > svg {
    color: var(--_accent);
  }

  .job.Succeeded > svg {
    color: var(--_success);
  }

  .job.Failed > svg {
    color: var(--_danger);
  }

  /* The whole row opens the job; what else can be clicked lies above. */
  .name {
    display: block;
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    font-weight: 600;
  }

  .name:hover {
    background: none;
  }

  .name::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  .name:focus-visible {
    outline: none;
  }

  .name:focus-visible::after {
    outline: 2px solid var(--aura-focus, var(--_accent));
    outline-offset: -3px;
  }

  .job > :is(.check, .retry) {
    position: relative;
    z-index: 1;
  }

  .name,
  .state {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .state {
    grid-column: 3;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .job > :is(.percent, .retry) {
    grid-area: 1 / 4 / 3;
  }

  /* A long word for another try takes two lines, not the room of the name. */
  .job > .retry {
    max-inline-size: 8.5em;
    line-height: 1.2;
  }

  .percent {
    font-weight: 600;
  }

  .step-bar {
    inset-block-end: 0;
  }

  .still {
    --_accent: var(--_muted);
  }
`;
