/** A Mini App to look at: it follows the theme, sells two plans and uses the main button. */
export const SHOP = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Corner Shop</title>
<meta name="viewport" content="width=device-width">
<script src="/telegram-web-app.js"></script>
<style>
  :root { color-scheme: var(--tg-color-scheme) }
  body { margin: 0; padding: 20px 16px; background: var(--tg-theme-secondary-bg-color);
    color: var(--tg-theme-text-color); font: 16px/1.4 system-ui, sans-serif }
  h1 { margin: 4px 4px 2px; font-size: 24px }
  p { margin: 0 4px 18px; color: var(--tg-theme-hint-color) }
  label { display: flex; gap: 12px; align-items: center; margin-bottom: 10px; padding: 16px;
    border-radius: 16px; background: var(--tg-theme-bg-color); cursor: pointer }
  b { display: block } small { color: var(--tg-theme-hint-color); font-size: 14px }
  span { flex: 1 } input { width: 20px; height: 20px; accent-color: var(--tg-theme-button-color) }
  i { font-style: normal; font-weight: 650; white-space: nowrap }
</style>
<h1>Choose a plan</h1><p>Renews every 30 days, cancel any time.</p>
<label><input type="radio" name="plan" checked><span><b>Gold</b><small>Everything, and early news</small></span><i>⭐ 500</i></label>
<label><input type="radio" name="plan"><span><b>Silver</b><small>The essentials</small></span><i>⭐ 250</i></label>
<script>
  const app = Telegram.WebApp
  const link = new URLSearchParams(location.search).get('link')
  app.MainButton.setText('Subscribe for ⭐ 500').show().onClick(() => app.openInvoice(link, () => {}))
  app.ready()
</script>`
