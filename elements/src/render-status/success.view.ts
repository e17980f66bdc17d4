/** The finished video: player, subtitles and files. */
import type { Artifact, JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../locales/en.ts';
import { fileIcon, warningIcon } from '../shared/icons.ts';
import type { JobController } from '../shared/job-controller.ts';
import { safeUrl } from '../shared/safe-url.ts';
import type { CopyButton } from './copy-button.ts';
import type { FileLinks } from './file-links.ts';

interface SuccessOptions {
  copyButton: CopyButton;
  files: FileLinks;
}

export function successView(control: JobController, job: JobSnapshot, options: SuccessOptions): TemplateResult {
  const { strings } = control;
  const { copyButton, files } = options;
  const main = job.artifacts
    .filter((artifact) => isMain(artifact, job))
    .sort((a, b) => Number(b.path === job.output?.videoPath) - Number(a.path === job.output?.videoPath));
  const link = job.output && files.link(job.output.videoPath);
  const more = job.artifacts.filter((artifact) => !isMain(artifact, job));
  return html`${job.output?.videoPath ? player(control, job, job.output.videoPath, files) : nothing}
  ${
    files.refused
      ? html`<p part="no-files" class="notice" role="status">${warningIcon}<span>${strings.noFiles}</span></p>`
      : nothing
  }
  ${main.length > 0 ? fileList(strings, files, strings.downloads, main) : nothing}
  ${
    link
      ? html`<div class="reference">
          ${copyButton.view('link', link.href, strings, strings.copyLink)}
          ${files.passing ? html`<span class="muted">${strings.linkEnds}</span>` : nothing}
        </div>`
      : nothing
  }
  ${
    more.length > 0
      ? html`<details part="more-files" class="more">
          <summary>${strings.moreFiles} <span class="muted">${more.length}</span></summary>
          ${fileList(strings, files, strings.moreFiles, more)}
        </details>`
      : nothing
  }`;
}

/** What the job was for; all else was needed on the way. */
function isMain({ path }: Artifact, { output }: JobSnapshot): boolean {
  return !output || path === output.videoPath || path === output.subtitlePath || isWebVtt(path);
}

function fileList(strings: Strings, files: FileLinks, label: string, artifacts: readonly Artifact[]): TemplateResult {
  return html`<ul part="downloads" class="downloads" aria-label=${label}>
    ${artifacts.map((artifact) => html`<li>${download(strings, files, artifact)}</li>`)}
  </ul>`;
}

function player(
  control: JobController,
  job: JobSnapshot,
  path: string,
  files: FileLinks,
): TemplateResult | typeof nothing {
  const { strings } = control;
  const plain = safeUrl(control.url(path));
  if (!plain) return html`<p class="muted">${strings.noPlayer} <code>${path}</code></p>`;
  if (!files.playable) return nothing;
  const track = subtitles(control, job);
  // Only where it is needed: with the attribute, a server without CORS would not be allowed to play at all.
  const foreign = plain.origin !== location.origin;
  return html`<video
    part="video"
    controls
    playsinline
    preload="metadata"
    crossorigin=${foreign && track ? 'anonymous' : nothing}
    src=${files.source(path)?.href ?? nothing}
    @error=${files.playerFailed}
  >
    ${
      track
        ? html`<track
            default
            kind="subtitles"
            label=${strings.subtitles}
            src=${files.source(track)?.href ?? nothing}
          />`
        : nothing
    }
  </video>`;
}

/** Browsers read WebVTT only; `subtitlePath` is often an SRT file. */
function subtitles(control: JobController, { artifacts, output }: JobSnapshot): string | undefined {
  const path = [...artifacts.map((artifact) => artifact.path), output?.subtitlePath ?? ''].find(isWebVtt);
  return path !== undefined && safeUrl(control.url(path)) ? path : undefined;
}

function isWebVtt(path: string): boolean {
  return /\.vtt($|\?)/i.test(path);
}

function download(strings: Strings, files: FileLinks, { name, path, sizeBytes }: Artifact): TemplateResult {
  const url = files.link(path);
  // A backend that does not know it says 0.
  const size = sizeBytes > 0 ? html`<span class="muted">${strings.bytes(sizeBytes)}</span>` : nothing;
  const text = html`${fileIcon}<span class="file">${name}</span>${size}`;
  if (!url) return html`<span class="download">${text}</span>`;
  // A browser shows a file of another origin instead of saving it, so that gets a tab of its own.
  const tab = url.origin === location.origin ? nothing : '_blank';
  return html`<a part="download" class="button download" href=${url.href} download=${name} target=${tab} rel="noopener">
    ${text}
  </a>`;
}
