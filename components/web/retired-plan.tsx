import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { webMessages } from '@/lib/messages/web'

/** The page of a plan that nobody can buy any more. */
export function RetiredPlan() {
  const { retired, retiredText, seePlans } = webMessages.plan
  return (
    <Message icon="clock" heading={retired} text={retiredText}>
      <LinkButton href="/plans">{seePlans}</LinkButton>
    </Message>
  )
}
