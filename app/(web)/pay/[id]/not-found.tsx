import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { payMessages } from '@/lib/messages/pay'

export default function NoSuchPayment() {
  const { notYours, page } = payMessages
  return (
    <Message icon="alert" heading={notYours.heading} text={notYours.text}>
      <LinkButton href="/login">{notYours.logIn}</LinkButton>
      <LinkButton look="soft" href="/account">
        {page.account}
      </LinkButton>
    </Message>
  )
}
