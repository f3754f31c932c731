import type { SignInCode } from '../../../shared/contract/index.js';
import type { Role } from '../../../shared/states.js';
import type { SignInCodes } from './sign-in-codes.js';

export type SignInAddress = (role?: Role) => SignInCode;

/**
 * Makes addresses that sign a browser in once. The code is a fragment: browsers never send it, so
 * no log and no proxy sees it; the page posts it.
 */
export function signInAddresses(codes: SignInCodes, url: () => string): SignInAddress {
  return (role = 'user') => {
    const { code, expiresAt } = codes.create(role);
    return {
      code,
      url: `${url()}/#enter=${code}`,
      expiresAt: new Date(expiresAt).toISOString(),
    };
  };
}
