/** Starts the administration page. */
import { createApp } from 'vue'
import '../../ui/tokens.css'
import '../../ui/base.css'
import './elements'
import AdminPage from './AdminPage.vue'
import '../../ui/element.css'
import './admin.css'
import { followAddress, load } from './state'

void load()
createApp(AdminPage).mount('#app')
window.addEventListener('hashchange', followAddress)
