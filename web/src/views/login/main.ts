/** Starts the login page. */
import { createApp } from 'vue'
import '../../ui/tokens.css'
import '../../ui/base.css'
import './login.css'
import LoginPage from './LoginPage.vue'

createApp(LoginPage).mount('#app')
