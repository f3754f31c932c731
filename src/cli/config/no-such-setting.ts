import { KdramaError } from '../../shared/errors.js';
import { settingHint } from '../../shared/similar-setting.js';

/** What is said to who names a setting that is none of `keys`. */
export function noSuchSetting(typed: string, keys: readonly string[]): KdramaError {
  return new KdramaError('VALIDATION_FAILED', undefined, {
    message: `There is no setting ${typed}`,
    hint: settingHint(typed, keys),
  });
}
