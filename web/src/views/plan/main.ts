/** Starts the planner's page: the list of plans, the one its address names, or the past of the net. */
import { createApp } from 'vue'
import '../../ui/tokens.css'
import '../../ui/base.css'
import 'element-plus/es/components/dialog/style/css'
import 'element-plus/es/components/slider/style/css'
import 'element-plus/es/components/select/style/css'
import '../../ui/element.css'
import './plan.css'
import HistoryPage from './history/HistoryPage.vue'
import PlanEditor from './PlanEditor.vue'
import PlanList from './PlanList.vue'
import { planId } from './state'

/** `/plan` is the list, `/plan/history` the past of the net, anything else under it a plan. */
const page = planId() === 'history' ? HistoryPage : planId() ? PlanEditor : PlanList
createApp(page).mount('#app')
