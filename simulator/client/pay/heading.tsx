import { IconButton } from '@/simulator/client/icons'
import { closePayment } from './payments'

export function Heading({ children }: { children: string }) {
  return (
    <header className="sheet-header">
      <h2>{children}</h2>
      <IconButton label="Close payment" icon="close" onClick={closePayment} />
    </header>
  )
}
