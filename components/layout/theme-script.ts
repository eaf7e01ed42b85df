/** Runs before the first paint, so that a dark page never flashes white. */
export const THEME_SCRIPT = `
try { var t = localStorage.getItem('theme') } catch (e) {}
if (t !== 'dark' && t !== 'light') t = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
document.documentElement.dataset.theme = t`
