/** The finished video: player, subtitles and files. */
import type { Artifact, JobSnapshot } from '@aura-jobs/sdk';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { fileIcon } from '../shared/icons.ts';
import type { JobController } from '../shared/job-controller.ts';
import { safeUrl } from '../shared/safe-url.ts';
import type { CopyButton } from './copy-button.ts';

export function successView(control: JobController, job: JobSnapshot, copyButton: CopyButton): TemplateResult {
  const { strings } = control;
  const main = job.artifacts
    .filter((artifact) => isMain(artifact, job))
    .sort((a, b) => Number(b.path === job.output?.videoPath) - Number(a.path === job.output?.videoPath));
  const link = safeUrl(job.output && control.url(job.output.videoPath));
  const more = job.artifacts.filter((artifact) => !isMain(artifact, job));
  return html`${job.output?.videoPath ? player(control, job, job.output.videoPath) : nothing}
  ${main.length > 0 ? fileList(control, strings.downloads, main) : nothing}
  ${link ? html`<div>${copyButton.view('link', link.href, strings, strings.copyLink)}</div>` : nothing}
  ${
    more.length > 0
      ? html`<details part="more-files" class="more">
          <summary>${strings.moreFiles} <span class="muted">${more.length}</span></summary>
          ${fileList(control, strings.moreFiles, more)}
        </details>`
      : nothing
  }`;
}

/** What the job was for; all else was needed on the way. */
function isMain({ path }: Artifact, { output }: JobSnapshot): boolean {
  return !output || path === output.videoPath || path === output.subtitlePath || isWebVtt(path);
}

function fileList(control: JobController, label: string, artifacts: readonly Artifact[]): TemplateResult {
  return html`<ul part="downloads" class="downloads" aria-label=${label}>
    ${artifacts.map((artifact) => html`<li>${download(control, artifact)}</li>`)}
  </ul>`;
}

function player(control: JobController, job: JobSnapshot, path: string): TemplateResult {
  const { strings } = control;
  const video = safeUrl(control.url(path));
  if (!video) return html`<p class="muted">${strings.noPlayer} <code>${path}</code></p>`;
  const track = subtitles(control, job);
  // Only where it is needed: with the attribute, a server without CORS would not be allowed to play at all.
  const foreign = video.origin !== location.origin;
  return html`<video
    part="video"
    controls
    playsinline
    preload="metadata"
    crossorigin=${foreign && track ? 'anonymous' : nothing}
    src=${video.href}
  >
    ${track ? html`<track default kind="subtitles" label=${strings.subtitles} src=${track.href} />` : nothing}
  </video>`;
}

/** Browsers read WebVTT only; `subtitlePath` is often an SRT file. */
function subtitles(control: JobController, { artifacts, output }: JobSnapshot): URL | undefined {
  const path = [...artifacts.map((artifact) => artifact.path), output?.subtitlePath ?? ''].find(isWebVtt);
  return path === undefined ? undefined : safeUrl(control.url(path));
}

function isWebVtt(path: string): boolean {
  return /\.vtt($|\?)/i.test(path);
}

function download(control: JobController, { name, path, sizeBytes }: Artifact): TemplateResult {
  const { strings } = control;
  const url = safeUrl(control.url(path));
  const text = html`${fileIcon}<span class="file">${name}</span><span class="muted">${strings.bytes(sizeBytes)}</span>`;
  if (!url) return html`<span class="download">${text}</span>`;
  // A browser shows a file of another origin instead of saving it, so that gets a tab of its own.
  const tab = url.origin === location.origin ? nothing : '_blank';
  return html`<a part="download" class="button download" href=${url.href} download=${name} target=${tab} rel="noopener">
    ${text}
  </a>`;
}
