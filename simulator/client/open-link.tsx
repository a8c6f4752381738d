import { type FormEvent, useState } from 'react'
import { Dialog } from './dialog'
import { Icon } from './icons'
import { openLink } from './links'

function OpenLinkDialog({ onClose }: { onClose: () => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const link = String(new FormData(event.currentTarget).get('link') ?? '').trim()
    if (!link) return
    onClose()
    openLink(link)
  }
  return (
    <Dialog label="Open a link" place="page" onDismiss={onClose}>
      <form className="form" onSubmit={submit}>
        <h2>Open a link</h2>
        <p className="hint">What the phone’s camera would read from a QR code.</p>
        <label>
          Link
          <input name="link" required autoComplete="off" placeholder="https://t.me/…" />
        </label>
        <div className="form-buttons">
          <button type="button" className="button button-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button">
            Open
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** The phone's scanner: a link from elsewhere, opened as the current person. */
export function OpenLinkButton() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="side-button" onClick={() => setOpen(true)}>
        <Icon name="window" />
        Open a link
      </button>
      {open ? <OpenLinkDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
