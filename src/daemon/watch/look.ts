import type { FileIdentity } from '../../shared/contract/index.js';
import type { ErrorCode } from '../../shared/errors.js';

/** A file by the name of a video. `path`: below the folder. */
export interface VideoLook {
  readonly kind: 'video';
  readonly path: string;
  readonly identity: FileIdentity;
}

/** Subtitles by their name. */
export interface SidecarLook {
  readonly kind: 'sidecar';
  readonly path: string;
  readonly identity: FileIdentity;
}

/** What was seen under one name of a watched folder. */
export type Look =
  | VideoLook
  | SidecarLook
  /** Something that bears a video's name, or a folder that cannot be read. */
  | {
      readonly kind: 'unusable';
      readonly path: string;
      /** null: there is no file behind it that could change. */
      readonly identity: FileIdentity | null;
      readonly error: { readonly code: ErrorCode; readonly message: string };
    };
