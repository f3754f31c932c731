import { enter, type Credentials } from './api.js';
import { element } from './element.js';
import { messagePage, sentenceOf } from './message-page.js';
import type { Page } from './page.js';

interface FieldSettings {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly type?: string;
  readonly placeholder?: string;
  /** Of a keyboard on glass. */
  readonly autocapitalize?: string;
}

/**
 * How a browser that is not signed in gets in: with a code that another screen shows, or with name
 * and password. `refused`: the address that it came with was not accepted. `entered` is told once it
 * is in; the address in the window stays what it was.
 */
export function signInPage(refused: boolean, entered: () => void): Page {
  const reason = refused
    ? 'This address was used before or is too old. Each one signs in one browser, once.'
    : 'This library is private.';
  const code = codeForm(entered);
  const page = messagePage(
    'Please sign in',
    element('p', {}, reason),
    code.form,
    element('p', { class: 'sign-in-how' }, 'The computer that holds the library shows a code:'),
    element('pre', {}, element('code', {}, 'kdrama pair')),
    passwordPart(entered),
  );
  // A keyboard that covers half a phone's screen comes only when it is asked for.
  if (matchMedia('(hover: hover)').matches) requestAnimationFrame(() => code.first.focus());
  return page;
}

function codeForm(entered: () => void) {
  const field = input({
    name: 'code',
    label: 'Code',
    autocomplete: 'one-time-code',
    placeholder: 'ABCD-EFGH',
    autocapitalize: 'characters',
  });
  return signInForm([field], () => ({ code: field.value }), entered);
}

function passwordPart(entered: () => void): HTMLElement {
  const name = input({ name: 'username', label: 'Name', autocomplete: 'username' });
  const password = input({
    name: 'password',
    label: 'Password',
    autocomplete: 'current-password',
    type: 'password',
  });
  const read = () => ({ username: name.value, password: password.value });
  const { form } = signInForm([name, password], read, entered);
  return element(
    'details',
    { class: 'sign-in-other' },
    element('summary', {}, 'Sign in with name and password'),
    form,
  );
}

function signInForm(
  fields: readonly HTMLInputElement[],
  read: () => Credentials,
  entered: () => void,
) {
  const problem = element('p', { class: 'sign-in-problem', role: 'alert' });
  const button = element('button', { class: 'button', type: 'submit' }, 'Sign in');
  const labels = fields.map((field) =>
    element('label', { class: 'field' }, element('span', {}, field.ariaLabel ?? ''), field),
  );
  const form = element('form', { class: 'sign-in' }, ...labels, button, problem);

  async function submit(): Promise<void> {
    button.disabled = true;
    problem.textContent = '';
    try {
      await enter(read());
      entered();
    } catch (error) {
      problem.textContent = sentenceOf(error);
      fields.at(-1)?.select();
    } finally {
      button.disabled = false;
    }
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return { form, first: fields[0] as HTMLInputElement };
}

function input({ label, ...attributes }: FieldSettings): HTMLInputElement {
  return element('input', {
    type: 'text',
    required: true,
    spellcheck: 'false',
    autocapitalize: 'none',
    'aria-label': label,
    ...attributes,
  });
}
