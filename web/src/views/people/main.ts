/** Starts the page of people and posts. */
import { createApp, watch } from 'vue'
import '../../ui/tokens.css'
import '../../ui/base.css'
import '../../ui/swatch.css'
import './elements'
import '../../ui/element.css'
import './people.css'
import PeoplePage from './PeoplePage.vue'
import { addressNow, followAddress, load } from './state'

void load()
createApp(PeoplePage).mount('#app')
watch(addressNow, (address) => history.replaceState(null, '', address))
window.addEventListener('hashchange', followAddress)
