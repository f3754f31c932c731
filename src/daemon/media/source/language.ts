export { languageName, languageTag } from '../../../shared/language.js';
