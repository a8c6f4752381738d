import { type FormEvent, useId, useState } from 'react'
import { api, type Faults } from '@/simulator/client/api'
import { attempt } from '@/simulator/client/store'
import { FAULT_GROUPS, type FaultField, type FaultInfo, isOn, startValue } from './fault-list'
import { setFaults, useFeed } from './feed'

/** Shown at once; what the server makes of it follows. */
function save(faults: Faults): Promise<void> {
  setFaults(faults)
  return attempt(async () => {
    try {
      setFaults(await api.setFaults(faults))
    } catch (error) {
      setFaults(await api.faults())
      throw error
    }
  })
}

function JsonField(props: { label: string; value: unknown; onSet: (value: unknown) => void }) {
  const [error, setError] = useState('')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('json') ?? '')
    try {
      props.onSet(JSON.parse(text))
      setError('')
    } catch {
      setError('This is not JSON.')
    }
  }
  return (
    <form className="fault-json" onSubmit={submit}>
      <textarea
        name="json"
        aria-label={props.label}
        rows={4}
        spellCheck={false}
        defaultValue={JSON.stringify(props.value, null, 1)}
      />
      <p className="form-error" role="alert">
        {error}
      </p>
      <button type="submit" className="small-button">
        Apply
      </button>
    </form>
  )
}

function NumberField(props: {
  label: string
  unit: string
  value: unknown
  onSet: (value: number) => void
}) {
  return (
    <span className="fault-number">
      <input
        type="number"
        aria-label={`${props.label}: ${props.unit}`}
        min={0}
        defaultValue={typeof props.value === 'number' ? props.value : undefined}
        key={String(props.value)}
        onBlur={({ target }) => {
          const number = Math.trunc(Number(target.value))
          if (target.value !== '' && number !== props.value) props.onSet(number)
        }}
      />
      {props.unit}
    </span>
  )
}

function Value(props: { fault: FaultInfo; value: unknown; onSet: (value: unknown) => void }) {
  const { fault, value, onSet } = props
  const field: FaultField =
    fault.field.kind === 'number' && typeof value === 'object'
      ? { kind: 'json', start: value }
      : fault.field
  switch (field.kind) {
    case 'number':
      return <NumberField label={fault.title} unit={field.unit} value={value} onSet={onSet} />
    case 'choice':
      return (
        <select
          aria-label={fault.title}
          value={String(value)}
          onChange={({ target }) => onSet(target.value)}
        >
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )
    case 'json':
      return (
        <JsonField key={JSON.stringify(value)} label={fault.title} value={value} onSet={onSet} />
      )
    default:
      return null
  }
}

function Fault({ fault, faults }: { fault: FaultInfo; faults: Faults }) {
  const id = useId()
  const value = faults[fault.name]
  const on = isOn(value)
  const set = (next: unknown) => void save({ ...faults, [fault.name]: next })
  return (
    <li className="fault" data-on={on}>
      <label className="fault-head">
        <input
          type="checkbox"
          className="switch"
          aria-describedby={id}
          checked={on}
          onChange={() => set(on ? null : startValue(fault.field))}
        />
        <span className="line-title">{fault.title}</span>
      </label>
      <p className="line-detail" id={id}>
        {fault.says}
      </p>
      {on ? <Value fault={fault} value={value} onSet={set} /> : null}
    </li>
  )
}

/** Everything that can be made to go wrong. */
export function FaultsView() {
  const faults = useFeed((feed) => feed.faults)
  if (!faults) return <p className="hint">Connecting…</p>
  const anyOn = Object.values(faults).some(isOn)
  return (
    <>
      {FAULT_GROUPS.map(({ title, faults: group }) => (
        <section key={title} className="queue" aria-label={`${title} faults`}>
          <h3>{title}</h3>
          <ul>
            {group.map((fault) => (
              <Fault key={fault.name} fault={fault} faults={faults} />
            ))}
          </ul>
        </section>
      ))}
      <button
        type="button"
        className="button button-wide"
        disabled={!anyOn}
        onClick={() => void save({})}
      >
        All well again
      </button>
    </>
  )
}
