/** Starts the command page. */
import { createApp, watch } from 'vue'
import { followChanges } from '../../api/live'
import '../../ui/tokens.css'
import '../../ui/base.css'
import CommandPage from './CommandPage.vue'
import './command.css'
import { addressNow, followAddress, load, refresh } from './state'

void load()
createApp(CommandPage).mount('#app')
watch(addressNow, (address) => history.replaceState(null, '', address))
window.addEventListener('hashchange', followAddress)
followChanges(() => void refresh())
