import { renderToString } from 'ink';
import { UploadView, type UploadViewProps } from './upload-view.js';

/** The view as lines of text, none wider than its columns. */
export function uploadFrame(props: UploadViewProps): string {
  return renderToString(<UploadView {...props} />, { columns: props.columns });
}
