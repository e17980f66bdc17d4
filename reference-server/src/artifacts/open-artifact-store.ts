/** Where artifacts lie, from the configuration. */
import type { ArtifactStore } from './artifact-store.ts';
import { LocalArtifactStore } from './local-artifact-store.ts';
import type { S3Place } from './s3-artifact-store.ts';

/** A folder, or a bucket. */
export type ArtifactPlace = { readonly folder: string } | S3Place;

/** @throws when the store does not answer, does not let this server in, or has no such bucket */
export async function openArtifactStore(place: ArtifactPlace): Promise<ArtifactStore> {
  if ('folder' in place) return new LocalArtifactStore(place.folder);
  // Not loaded by those who do not need it.
  const { S3ArtifactStore } = await import('./s3-artifact-store.ts');
  const store = new S3ArtifactStore(place);
  await store.check();
  return store;
}
