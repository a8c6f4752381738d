export const themeNames = ['system', 'light', 'dark'] as const
export type ThemeName = (typeof themeNames)[number]

/** A cookie, so that the server can draw the page in the right colours at once. */
export const themeCookie = 'starpass.admin-theme'
