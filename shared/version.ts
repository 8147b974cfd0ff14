/** The version that the program tells of itself: the one of package.json, as a test checks. */
export const VERSION = '0.1.0';
