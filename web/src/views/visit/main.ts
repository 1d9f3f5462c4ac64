/** Starts the visit page; unsent visits go out when the page opens, when the network returns and now and then. */
import { createApp } from 'vue'
import { keepPage } from '../../offline/keep'
import '../../ui/tokens.css'
import '../../ui/base.css'
import './visit.css'
import { open, page, send } from './state'
import VisitPage from './VisitPage.vue'

const AGAIN_MS = 30_000

createApp(VisitPage).mount('#app')
void open()
void keepPage()
window.addEventListener('online', () => void (page.isOffline || page.phase === 'left' ? open() : send()))
window.addEventListener('offline', () => {
  page.isOffline = true
})
window.setInterval(() => void send(), AGAIN_MS)
