import { type FormEvent, useId, useState } from 'react'
import type { Person } from '@/simulator/wire'
import { addPerson } from './data'
import { Dialog } from './dialog'
import { fullName } from './format'
import { Avatar, Icon } from './icons'
import { Stars } from './price'
import { attempt, useApp } from './store'

function PersonRow({ person, onPick }: { person: Person; onPick: (id: number) => void }) {
  const selected = useApp((state) => state.personId === person.id)
  const unread = useApp((state) => state.unread.has(person.id))
  const id = useId()
  return (
    <li>
      <button
        type="button"
        className="row"
        aria-labelledby={`${id}name`}
        aria-describedby={`${id}stars`}
        aria-current={selected ? 'true' : undefined}
        onClick={() => onPick(person.id)}
      >
        <Avatar id={person.id} name={fullName(person)} />
        <span className="row-text">
          <span className="row-title" id={`${id}name`}>
            {fullName(person)}
          </span>
          <span className="row-detail" id={`${id}stars`}>
            <Stars amount={person.stars} />
            {unread ? <span className="sr-only">, new message</span> : null}
          </span>
        </span>
        {unread ? <span className="dot" aria-hidden="true" /> : null}
      </button>
    </li>
  )
}

/** The switcher: who is holding the phone. */
export function PeopleList({ onPick }: { onPick: (id: number) => void }) {
  const people = useApp((state) => state.people)
  if (!people) return <p className="hint">Connecting…</p>
  if (people.length === 0) return <p className="hint">Nobody is here yet. Add the first person.</p>
  return (
    <ul className="rows" aria-label="People">
      {people.map((person) => (
        <PersonRow key={person.id} person={person} onPick={onPick} />
      ))}
    </ul>
  )
}

const DEFAULT_STARS = 1000

function AddPersonDialog({ onClose }: { onClose: (id: number | null) => void }) {
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const name = String(fields.get('name') ?? '').trim()
    const stars = Math.max(0, Math.trunc(Number(fields.get('stars') ?? 0)) || 0)
    if (!name) return
    setBusy(true)
    void attempt(async () => onClose(await addPerson(name, stars))).finally(() => setBusy(false))
  }
  return (
    <Dialog label="Add a person" place="page" onDismiss={() => onClose(null)}>
      <form className="form" onSubmit={submit}>
        <h2>Add a person</h2>
        <label>
          First name
          <input name="name" required maxLength={64} autoComplete="off" />
        </label>
        <label>
          Stars
          <input name="stars" type="number" min={0} step={1} defaultValue={DEFAULT_STARS} />
        </label>
        <div className="form-buttons">
          <button type="button" className="button button-quiet" onClick={() => onClose(null)}>
            Cancel
          </button>
          <button type="submit" className="button" disabled={busy}>
            Add
          </button>
        </div>
      </form>
    </Dialog>
  )
}

export function AddPersonButton({ onAdded }: { onAdded: (id: number) => void }) {
  const [open, setOpen] = useState(false)
  const close = (id: number | null) => {
    setOpen(false)
    if (id !== null) onAdded(id)
  }
  return (
    <>
      <button type="button" className="side-button" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Add person
      </button>
      {open ? <AddPersonDialog onClose={close} /> : null}
    </>
  )
}
