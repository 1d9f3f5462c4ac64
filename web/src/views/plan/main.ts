/** Starts the planner's page: the list of plans, or the one its address names. */
import { createApp } from 'vue'
import '../../ui/tokens.css'
import '../../ui/base.css'
import 'element-plus/es/components/dialog/style/css'
import 'element-plus/es/components/slider/style/css'
import 'element-plus/es/components/select/style/css'
import '../../ui/element.css'
import './plan.css'
import PlanEditor from './PlanEditor.vue'
import PlanList from './PlanList.vue'
import { planId } from './state'

createApp(planId() ? PlanEditor : PlanList).mount('#app')
