/** The version of this program, kept equal to package.json by a test. */
export const version = '0.1.0';
export const apiVersion = 'v1';
