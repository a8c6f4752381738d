import { SubmitButton } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import { type AuditFilter, auditSubjects } from '@/lib/domain/audit/schema'
import { auditActions, auditWords } from '@/lib/messages/admin-audit'

const actions = Object.entries(auditActions)

/** An ordinary form: the address says what is shown, so that it can be kept and sent. */
export function Filter({ filter }: { filter: AuditFilter }) {
  const { filter: words, subjects } = auditWords
  const { actor, action, subject, from, to } = filter
  return (
    <form action="/admin/audit" className={form.row}>
      <label className={form.field}>
        <span>{words.actor}</span>
        <input name="actor" defaultValue={actor} maxLength={100} className={form.input} />
      </label>
      <label className={form.field}>
        <span>{words.action}</span>
        <select name="action" defaultValue={action ?? ''} className={form.input}>
          <option value="">{words.any}</option>
          {action && !(action in auditActions) ? <option value={action}>{action}</option> : null}
          {actions.map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label className={form.field}>
        <span>{words.subject}</span>
        <select name="subject" defaultValue={subject ?? ''} className={form.input}>
          <option value="">{words.any}</option>
          {auditSubjects.map((name) => (
            <option key={name} value={name}>
              {subjects[name]}
            </option>
          ))}
        </select>
      </label>
      <label className={form.field}>
        <span>{words.from}</span>
        <input name="from" type="date" defaultValue={from} className={form.input} />
      </label>
      <label className={form.field}>
        <span>{words.to}</span>
        <input name="to" type="date" defaultValue={to} className={form.input} />
      </label>
      <SubmitButton isBusy={false}>{words.show}</SubmitButton>
      <a href="/admin/audit">{words.clear}</a>
    </form>
  )
}
