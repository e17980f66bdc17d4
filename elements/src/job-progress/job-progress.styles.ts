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
    flex: none;
    font-weight: 600;
  }

  .message {
    flex: 1;
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

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.35rem 1rem;
    min-block-size: 1.75rem;
  }

  .side {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.8rem;
  }
`;
