/** Starts the visit page; unsent visits go out when the page opens, when the network returns and now and then. */
import { createApp } from 'vue'
import { keepPage } from '../../offline/keep'
import '../../ui/tokens.css'
import '../../ui/base.css'
import './visit.css'
import { leave, open, page, send } from './state'
import VisitPage from './VisitPage.vue'

const AGAIN_MS = 30_000

const again = (): Promise<void> => (page.phase === 'left' ? leave() : send())

createApp(VisitPage).mount('#app')
void open()
void keepPage()
window.addEventListener('online', () => void (page.isOffline ? open() : again()))
window.addEventListener('offline', () => {
  page.isOffline = true
})
window.setInterval(() => void again(), AGAIN_MS)
