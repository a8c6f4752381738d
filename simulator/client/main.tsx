import './styles.css'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { start } from './start'

const root = document.getElementById('root')
if (root) {
  start()
  createRoot(root).render(<App />)
}
